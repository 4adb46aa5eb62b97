// What a view does when it is used: filter by kind, search by name, show evidence.  Runs after pyvis has drawn, whose
// global names are `network`, `nodes` and `edges`, and after labels.js.  Words of the graph only ever become text, not
// markup.
(function () {
  const FAINT = 0.1;
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const panel = document.querySelector("aside");
  const search = document.querySelector(".search input");
  const count = document.querySelector(".search output");
  const boxes = [...document.querySelectorAll("header input[type=checkbox]")];

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // A node is hidden with its kind, an edge with its kind or with one of its ends
  function filter() {
    const off = (of) => new Set(boxes.filter((box) => !box.checked && box.dataset.of === of).map((box) => box.dataset.kind));
    const [things, roles] = [off("node"), off("edge")];
    nodes.update(nodes.map((node) => ({ id: node.id, hidden: things.has(node.kind) })));
    const hidden = (edge) => roles.has(edge.kind) || nodes.get(edge.from).hidden || nodes.get(edge.to).hidden;
    edges.update(edges.map((edge) => ({ id: edge.id, hidden: hidden(edge) })));
  }

  // What was chosen stays as it is with its neighbours, all else becomes faint; nothing chosen: all as it was
  let faint = false;
  function emphasize(ids, chosenLines) {
    if (!ids.length && !chosenLines.length && !faint) return;
    faint = ids.length + chosenLines.length > 0;
    const chosen = new Set(ids);
    const near = new Set(ids);
    const bright = (edge) => chosenLines.includes(edge.id) || chosen.has(edge.from) || chosen.has(edge.to);
    edges.forEach((edge) => { if (bright(edge)) { near.add(edge.from); near.add(edge.to); } });
    // set in what is drawn: by way of the data two thousand nodes take ten times as long
    const { nodes: dots, edges: lines } = network.body;
    for (const id of nodes.getIds()) dots[id].options.opacity = faint && !near.has(id) ? FAINT : 1;
    edges.forEach((edge) => { lines[edge.id].options.color.opacity = faint && !bright(edge) ? FAINT : 1; });
    labels.mark(faint ? near : []);
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
    if (item.more) panel.append(element("small", `另有 ${item.more} 处 ${item.more} more`));
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
    labels.mark(found);
  }

  for (const box of boxes) box.onchange = filter;
  search.oninput = find;
  search.onkeydown = (event) => {
    if (event.key !== "Enter" || !found.length) return;
    const id = found[next++ % found.length];
    network.focus(id, { scale: Math.max(network.getScale(), 1), animation: { duration: 300 } });
    network.selectNodes([id]);
    emphasize([id], []);
    show(nodes.get(id));
  };
  network.on("click", (event) => {
    const [node, edge] = [event.nodes[0], event.edges[0]];
    emphasize(event.nodes, node === undefined ? event.edges : []);
    if (node !== undefined) show(nodes.get(node));
    else if (edge !== undefined) show(edges.get(edge));
    else panel.hidden = true;
  });
})();
