// Draws the picture that the address tells of; opening and closing a node changes the address.
"use strict";

const stage = document.getElementById("network");
const aside = document.getElementById("aside");
const here = new URL(location.href);
const hidden = new Set(JSON.parse(sessionStorage.getItem("hidden-kinds") || "[]"));
let network, picture;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  Object.assign(made, attributes);
  return made;
}

async function load() {
  const answer = await fetch(`/explore.json${here.search}`);
  picture = await answer.json();
  draw();
}

function draw() {
  const view = network && { position: network.getViewPosition(), scale: network.getScale() };
  const moved = network ? network.getPositions() : {};
  const nodes = picture.nodes.filter((node) => !hidden.has(node.kind)).map((node) => ({
    id: node.id, label: node.label, title: node.title + (node.more ? `\n${stage.dataset.more.replace("{n}", node.more)}` : ""),
    x: moved[node.id]?.x ?? node.x, y: moved[node.id]?.y ?? node.y, shape: node.shape, size: node.open ? 18 : 11,
    color: node.shape === "box" ? { background: "#fff", border: node.colour } : node.colour,
    borderWidth: node.open ? 3 : 1, font: { size: node.open ? 15 : 12, strokeWidth: 3 },
  }));
  const kept = new Set(nodes.map((node) => node.id));
  const edges = picture.edges.map((edge, index) => ({ id: index, edge })).filter(({ edge }) => kept.has(edge.from) && kept.has(edge.to))
    .map(({ id, edge }) => ({ id, from: edge.from, to: edge.to, label: edge.label, color: { color: edge.colour, opacity: 0.75 }, width: edge.kind === "lead" ? 2.5 : 1.2 }));
  if (network) network.destroy();
  network = new vis.Network(stage, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, {
    physics: false, layout: { improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 150, keyboard: { enabled: true, bindToWindow: false } },
    nodes: { scaling: { label: { drawThreshold: 6 } } },
    edges: { smooth: false, font: { size: 10, color: "#5b6673", strokeWidth: 3 }, arrows: { to: { scaleFactor: 0.4 } } },
  });
  if (view) network.moveTo(view);
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showNode(picture.nodes.find((each) => each.id === node));
    else if (edge !== undefined) showEdge(picture.edges[edge]);
  });
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) toggle(picture.nodes.find((each) => each.id === node));
  });
  stage.dataset.opened = picture.nodes.filter((node) => node.open).length;
  stage.dataset.nodes = nodes.length;
  stage.dataset.edges = edges.length;
  legend();
}

function showNode(node) {
  const button = element("button", node.open ? stage.dataset.close : stage.dataset.open, { type: "button", id: "toggle" });
  button.addEventListener("click", () => toggle(node));
  const line = element("p");
  line.append(button, " ", element("a", stage.dataset.page, { href: node.href }));
  aside.replaceChildren(element("p", node.kindName, { className: "kind" }), element("h2", node.title), line);
}

function showEdge(edge) {
  const name = (id) => picture.nodes.find((node) => node.id === id).title;
  aside.replaceChildren(
    element("p", edge.label, { className: "kind" }), element("h2", `${name(edge.from)} — ${name(edge.to)}`),
    element("blockquote", edge.quote), element("p", edge.doc, { className: "note" }), element("a", stage.dataset.fact, { href: edge.href }),
  );
}

function toggle(node) {
  const open = here.searchParams.getAll("open").filter((key) => key !== node.key);
  if (!node.open) open.push(node.key);
  here.searchParams.delete("open");
  open.forEach((key) => here.searchParams.append("open", key));
  history.pushState(null, "", here);
  for (const link of document.querySelectorAll("#tools a")) link.href = new URL(link.href).pathname + here.search;
  load().then(() => {
    const again = picture.nodes.find((each) => each.id === node.id);
    if (again) showNode(again);
  });
}

function legend() {
  const kinds = new Map(picture.nodes.map((node) => [node.kind, node]));
  document.getElementById("legend").replaceChildren(...[...kinds].map(([kind, node]) => {
    const label = element("label");
    const box = element("input", "", { type: "checkbox", checked: !hidden.has(kind) });
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(kind); else hidden.add(kind);
      sessionStorage.setItem("hidden-kinds", JSON.stringify([...hidden]));
      draw();
    });
    const dot = element("i");
    dot.style.background = node.colour;
    label.append(box, dot, node.kindName);
    return label;
  }));
}

window.addEventListener("popstate", () => location.reload());
if (stage) {
  document.getElementById("fit").addEventListener("click", () => network.fit({ animation: true }));
  document.getElementById("png").addEventListener("click", () => {
    const link = element("a", "", { href: stage.querySelector("canvas").toDataURL("image/png"), download: "graph.png" });
    link.click();
  });
  load().then(() => network.fit());
}
