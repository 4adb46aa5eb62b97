// What a view does when it is used: filter by kind, search by name, show evidence.  Runs after pyvis has drawn, whose
// global names are `network`, `nodes` and `edges`.  Words of the graph only ever become text, not markup.
(function () {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const panel = document.querySelector("aside");
  const search = document.querySelector(".search input");
  const count = document.querySelector(".search output");

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function filter(box) {
    const things = box.dataset.of === "node" ? nodes : edges;
    const meant = things.get({ filter: (item) => item.kind === box.dataset.kind });
    things.update(meant.map((item) => ({ id: item.id, hidden: !box.checked })));
  }

  function show(item) {
    panel.replaceChildren();
    const close = element("button", "×");
    close.setAttribute("aria-label", "关闭 close");
    close.onclick = () => { panel.hidden = true; };
    panel.append(close, element("h2", item.title || item.label));
    for (const index of item.facts) {
      const [before, quote, after, place] = facts[index];
      const passage = document.createElement("blockquote");
      passage.append("…" + before, element("mark", quote), after + "…", element("small", place));
      panel.append(passage);
    }
    if (item.more) panel.append(element("small", `+ ${item.more}`));
    panel.hidden = false;
  }

  let found = [];
  let next = 0;
  function find() {
    const words = search.value.trim().toLowerCase();
    const named = (item) => !item.hidden && `${item.label}\n${item.title}`.toLowerCase().includes(words);
    found = words ? nodes.get({ filter: named }).map((item) => item.id) : [];
    next = 0;
    count.textContent = words ? String(found.length) : "";
    network.selectNodes(found);
  }

  for (const box of document.querySelectorAll("header input[type=checkbox]")) box.onchange = () => filter(box);
  search.oninput = find;
  search.onkeydown = (event) => {
    if (event.key !== "Enter" || !found.length) return;
    const id = found[next++ % found.length];
    network.focus(id, { scale: Math.max(network.getScale(), 1), animation: { duration: 300 } });
    network.selectNodes([id]);
    show(nodes.get(id));
  };
  network.on("click", (event) => {
    if (event.nodes.length) show(nodes.get(event.nodes[0]));
    else if (event.edges.length) show(edges.get(event.edges[0]));
    else panel.hidden = true;
  });
})();
