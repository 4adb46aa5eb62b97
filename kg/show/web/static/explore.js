// Draws the picture that the address tells of; what is opened, hidden and pinned stands in the address, so that a link
// gives the same picture.  In a page that stands alone the picture is within the page and nothing is opened.
"use strict";

const stage = document.getElementById("network");
const aside = document.getElementById("aside");
const embedded = document.getElementById("picture");
const words = stage ? JSON.parse(stage.dataset.words) : {};
const here = new URL(location.href);
const nodes = stage && new vis.DataSet(), edges = stage && new vis.DataSet();
let network, picture, selected = null;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  Object.assign(made, attributes);
  return made;
}

const hidden = new Set(here.searchParams.getAll("hide"));
const pins = new Map(here.searchParams.getAll("pin").map((pin) => {
  const [x, y, ...key] = pin.split(",");
  return [key.join(","), { x: Number(x), y: Number(y) }];
}));

function remember(change) {
  change(here.searchParams);
  if (!embedded) history.pushState(null, "", here);
  for (const link of document.querySelectorAll("#tools a")) link.href = link.dataset.file + here.search;
}

function relist(parameter, values) {
  here.searchParams.delete(parameter);
  values.forEach((value) => here.searchParams.append(parameter, value));
}

async function load() {
  picture = embedded ? JSON.parse(embedded.textContent) : await (await fetch(`/explore.json${here.search}`)).json();
  for (const kind of picture.hidden ?? []) hidden.add(kind);
  draw();
}

function draw() {
  const shown = picture.nodes.filter((node) => !hidden.has(node.kind));
  const kept = new Set(shown.map((node) => node.id));
  const lines = picture.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to) && !hidden.has(edge.kind));
  for (const [set, wanted] of [[nodes, kept], [edges, new Set(lines.map((edge) => edge.id))]]) {
    set.remove(set.getIds().filter((id) => !wanted.has(id)));
  }
  nodes.update(shown.map((node) => ({
    id: node.id, label: node.label, title: node.title, ...(pins.get(node.key) ?? { x: node.x, y: node.y }),
    shape: picture.kinds[node.kind].shape, size: node.open ? 16 : 9, color: picture.kinds[node.kind].colour,
    borderWidth: pins.has(node.key) ? 3 : 1, font: { size: node.open ? 15 : 13, strokeWidth: 4, color: "#1d2733" },
  })));
  edges.update(lines.map((edge) => ({
    id: edge.id, from: edge.from, to: edge.to, label: lines.length > 160 ? "" : edge.label, title: edge.title,
    color: Object.fromEntries(["color", "highlight", "hover"].map((state) => [state, picture.roles[edge.kind].colour])), width: edge.kind === "lead" ? 2.5 : 1.3,
    arrows: edge.kind === "part" ? "" : "to",
  })));
  Object.assign(stage.dataset, {
    opened: picture.nodes.filter((node) => node.open).length, nodes: shown.length, edges: lines.length,
  });
  legend();
}

function start() {
  network = new vis.Network(stage, { nodes, edges }, {
    physics: false, layout: { improvedLayout: false }, locale: document.documentElement.lang.slice(0, 2) === "zh" ? "cn" : "en",
    interaction: { hover: true, tooltipDelay: 200, keyboard: { enabled: true, bindToWindow: false }, hideEdgesOnDrag: true },
    nodes: { scaling: { label: { drawThreshold: 7 } } },
    edges: { smooth: false, font: { size: 11, color: "#5b6673", strokeWidth: 4 }, arrows: { to: { scaleFactor: 0.4 } } },
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showNode(node);
    else if (edge !== undefined) showEdge(picture.edges.find((each) => each.id === edge));
  });
  network.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined) toggle(find(node)); });
  network.on("dragEnd", ({ nodes: [node] }) => { if (node !== undefined) pin(find(node), network.getPosition(node)); });
  network.fit();
  // A large picture begins with letters that can be read, in its middle
  const first = picture.nodes.find((node) => node.open);
  if (first && !embedded) showNode(first.id);
  if (network.getScale() < 0.55) network.moveTo({ scale: 0.55, position: network.getPosition(picture.nodes[0].id) });
}

const find = (id) => picture.nodes.find((node) => node.id === id);

function action(text, act, attributes = {}) {
  const button = element("button", text, { type: "button", className: "quietly", ...attributes });
  button.addEventListener("click", act);
  return button;
}

function showNode(id) {
  const node = find(id);
  if (!node) return aside.replaceChildren();
  selected = id;
  network?.selectNodes([id], false);
  const kind = element("p", picture.kinds[node.kind].label, { className: "kind" });
  const parts = [kind, element("h2", node.title)];
  if (!embedded) {
    const line = element("p", "", { className: "actions" });
    line.append(action(node.open ? words.close : words.open, () => toggle(node), { id: "toggle" }));
    if (pins.has(node.key)) line.append(action(words.unpin, () => pin(node, null), { id: "unpin" }));
    line.append(element("a", words.page, { href: node.href }));
    parts.push(line);
    if (node.relations.length) {
      const list = element("ul", "", { className: "relations" });
      for (const relation of node.relations) {
        const row = element("li");
        const count = element("small", `${relation.shown} / ${relation.known}${relation.more ? "+" : ""}`);
        row.append(relation.shown < relation.known || relation.more ? action(`+ ${relation.label}`, () => open(node, relation.name)) : element("span", relation.label), count);
        list.append(row);
      }
      parts.push(list);
    }
  }
  const near = picture.edges.filter((edge) => edge.from === id || edge.to === id);
  const rows = near.slice(0, 12).map((edge) => {
    const row = element("li");
    const other = find(edge.from === id ? edge.to : edge.from);
    row.append(action(`${edge.label} ${other.title}`.trim(), () => showEdge(edge), { className: "line" }));
    return row;
  });
  if (rows.length) {
    const list = element("ul", "", { className: "edges" });
    list.append(...rows);
    parts.push(list);
  }
  aside.replaceChildren(...parts);
}

function showEdge(edge) {
  network?.selectEdges([edge.id]);
  const parts = [
    element("p", picture.roles[edge.kind].label, { className: "kind" }),
    element("h2", `${find(edge.from).title} — ${find(edge.to).title}`), element("p", edge.title),
    element("blockquote", edge.quote), element("p", edge.doc, { className: "note" }),
  ];
  if (!embedded) parts.push(element("a", words.fact, { href: edge.href }));
  aside.replaceChildren(...parts);
}

async function reopen(change, node) {
  remember(change);
  await load();
  if (node) showNode(node.id);
}

const isOf = (value, node) => value === node.key || value.startsWith(`${node.key}~`);

function open(node, relation) {
  return reopen((given) => given.append("open", relation ? `${node.key}~${relation}` : node.key), node);
}

function toggle(node) {
  if (embedded) return;
  if (!node.open) return open(node);
  return reopen((given) => relist("open", given.getAll("open").filter((value) => !isOf(value, node))), node);
}

function pin(node, place) {
  if (place) pins.set(node.key, { x: Math.round(place.x), y: Math.round(place.y) });
  else pins.delete(node.key);
  remember(() => relist("pin", [...pins].map(([key, { x, y }]) => `${x},${y},${key}`)));
  draw();
  showNode(node.id);
}

function legend() {
  const sample = (kind, { label, colour }, form) => {
    const row = element("label");
    const box = element("input", "", { type: "checkbox", checked: !hidden.has(kind) });
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(kind); else hidden.add(kind);
      remember(() => relist("hide", hidden));
      draw();
    });
    const dot = element("i", "", { className: form });
    dot.style.background = colour;
    row.append(box, dot, label);
    return row;
  };
  document.getElementById("legend").replaceChildren(
    ...Object.entries(picture.kinds).map(([kind, style]) => sample(kind, style, `shape-${style.shape}`)),
    ...Object.entries(picture.roles).map(([kind, style]) => sample(kind, style, "stroke")),
  );
}

// Without a mouse: N and P go from node to node, Enter opens or closes the one that is looked at
function keys(event) {
  const shown = picture.nodes.filter((node) => !hidden.has(node.kind));
  const at = shown.findIndex((node) => node.id === selected);
  const step = { n: 1, p: -1 }[event.key.toLowerCase()];
  if (step && shown.length) {
    const next = shown[(at + step + shown.length) % shown.length];
    showNode(next.id);
    network.focus(next.id, { scale: network.getScale() });
  } else if (event.key === "Enter" && at >= 0) toggle(shown[at]);
  else return;
  event.preventDefault();
}

function png() {
  const drawn = stage.querySelector("canvas");
  const copy = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
  const context = copy.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  element("a", "", { href: copy.toDataURL("image/png"), download: "graph.png" }).click();
}

if (stage) {
  window.addEventListener("popstate", () => location.reload());
  stage.addEventListener("keydown", keys);
  document.getElementById("fit").addEventListener("click", () => network.fit({ animation: true }));
  document.getElementById("png").addEventListener("click", png);
  document.getElementById("share")?.addEventListener("click", async (event) => {
    const done = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    event.target.textContent = done ? words.copied : location.href;
  });
  load().then(start);
}
