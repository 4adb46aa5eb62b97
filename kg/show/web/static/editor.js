// YASGUI over our own endpoint: no requests elsewhere; completion of our prefixes, classes, properties and of things by
// any part of their names; answers as a table, as they came, as a chart and as a graph.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const NUMBERS = /#(integer|decimal|double|float|int|long)$/;
const MOST_BARS = 40, MOST_NODES = 400;

function drawn(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// The last part of an IRI as a person reads it
const short = (iri) => decodeURIComponent(iri.replace(/[#/]$/, "").split(/[#/]/).pop());
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

class Plugin {
  constructor(yasr) { this.yasr = yasr; }
  getIcon() {
    const icon = document.createElement("span");
    icon.textContent = this.constructor.sign;
    icon.setAttribute("aria-hidden", "true");
    return icon;
  }
  rows() { return this.yasr.results?.getBindings() ?? []; }
  variables() { return this.yasr.results?.getVariables() ?? []; }
}

// A bar for each row: the first number of the answer by its first words
class Chart extends Plugin {
  static sign = "▤";
  priority = 6;
  columns() {
    const rows = this.rows();
    const isNumber = (name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || NUMBERS.test(row[name].datatype ?? ""));
    const number = this.variables().find(isNumber);
    const words = this.variables().filter((name) => !isNumber(name)).sort((a, b) => (rows[0]?.[a]?.type === "uri") - (rows[0]?.[b]?.type === "uri"))[0];
    return number && words && rows.length > 1 ? { number, words } : null;
  }
  canHandleResults() { return Boolean(this.columns()); }
  draw() {
    const { number, words } = this.columns();
    const rows = this.rows().slice(0, MOST_BARS).map((row) => {
      const cell = row[words];
      return { words: !cell ? "—" : cell.type === "uri" ? short(cell.value) : cell.value, value: Number(row[number]?.value ?? 0) };
    });
    const most = Math.max(...rows.map((row) => row.value), 0) || 1;
    const height = 22 * rows.length + 26;
    const chart = drawn("svg", { class: "chart", viewBox: `0 0 860 ${height}`, width: 860, height, role: "img", "aria-label": `${number} / ${words}` });
    chart.append(drawn("text", { x: 310, y: 14 }, `${number}`));
    rows.forEach((row, index) => {
      const y = 22 * index + 24, width = Math.max((460 * row.value) / most, 1);
      const name = drawn("text", { x: 300, y: y + 13, "text-anchor": "end" }, cut(row.words, 24));
      name.append(drawn("title", {}, row.words));
      chart.append(name, drawn("rect", { x: 310, y: y + 2, width, height: 14, class: "bar" }), drawn("text", { x: 316 + width, y: y + 13, class: "figure" }, row.value.toLocaleString()));
    });
    this.yasr.resultsEl.replaceChildren(chart);
  }
}

// The statements of a graph, or the things that stand side by side in the rows of a table
class Network extends Plugin {
  static sign = "⁂";
  priority = 5;
  statements() {
    const text = this.yasr.results?.getOriginalResponseAsString?.() ?? "";
    const found = [];
    for (const line of text.split("\n")) {
      const parts = line.match(/^<([^>]*)> <([^>]*)> <([^>]*)> \.$/);
      if (parts) found.push({ from: parts[1], to: parts[3], label: short(parts[2]) });
    }
    if (found.length) return found;
    for (const row of this.rows()) {
      const things = this.variables().filter((name) => row[name]?.type === "uri");
      things.slice(1).forEach((name) => found.push({ from: row[things[0]].value, to: row[name].value, label: name }));
    }
    return found;
  }
  canHandleResults() { return Boolean(window.vis) && this.statements().length > 0; }
  draw() {
    const statements = this.statements().slice(0, 3 * MOST_NODES);
    const names = [...new Set(statements.flatMap(({ from, to }) => [from, to]))].slice(0, MOST_NODES);
    const numbers = new Map(names.map((name, index) => [name, index]));
    const stage = document.createElement("div");
    stage.id = "answer-graph";
    this.yasr.resultsEl.replaceChildren(stage);
    const network = new vis.Network(stage, {
      nodes: names.map((name, id) => ({ id, label: cut(short(name), 16), title: name })),
      edges: statements.filter(({ from, to }) => numbers.has(from) && numbers.has(to))
        .map(({ from, to, label }) => ({ from: numbers.get(from), to: numbers.get(to), label, arrows: "to" })),
    }, {
      nodes: { shape: "dot", size: 8, color: "#0072B2", font: { size: 13, strokeWidth: 4 } },
      edges: { smooth: false, color: "#9aa5b1", font: { size: 10, color: "#5b6673", strokeWidth: 4 }, arrows: { to: { scaleFactor: 0.4 } } },
      physics: { solver: "forceAtlas2Based", stabilization: { iterations: 150 } }, layout: { randomSeed: 1 },
    });
    network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
    stage.dataset.nodes = names.length;
  }
}

// What stands before the cursor behind an opened angle bracket, if it is no address yet
function begun(yasqe) {
  const cursor = yasqe.getDoc().getCursor();
  const words = yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch).match(/<([^<>\s:/]+)$/);
  return words && { words: words[1], from: { line: cursor.line, ch: cursor.ch - words[0].length }, to: cursor };
}

const entities = {
  name: "entities", bulk: false, autoShow: true, persistenceId: null, known: new Map(),
  isValidCompletionPosition: (yasqe) => Boolean(begun(yasqe)),
  async get(yasqe) {
    const place = begun(yasqe);
    if (!place) return [];
    const { hits } = await (await fetch(`/search.json?few&q=${encodeURIComponent(place.words)}`)).json();
    for (const hit of hits) entities.known.set(hit.thing.iri, `${hit.thing.label} · ${hit.kind}`);
    return hits.map((hit) => hit.thing.iri);
  },
  postprocessHints: (yasqe, hints) => hints.map((hint) => {
    const iri = hint.text;
    const place = begun(yasqe);
    return { ...hint, displayText: cut(entities.known.get(iri) ?? iri, 60), hint: () => yasqe.getDoc().replaceRange(`<${iri}>`, place.from, yasqe.getDoc().getCursor()) };
  }),
};

(async () => {
  const place = document.getElementById("yasgui");
  if (!place) return;
  const { prefixes, terms, example } = await (await fetch("/editor/vocabulary")).json();
  const declared = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
  const needed = (query) => declared.filter((line) => query.includes(`${line.split(" ")[1]}`)).join("\n");
  const labels = new Map([...terms.classes, ...terms.properties].map((term) => [term.iri, term.label]));

  // The completers that come with it ask public servers
  for (const name of ["prefixes", "class", "property"]) {
    const own = Yasgui.Yasqe.Autocompleters[name];
    if (!own) continue;
    own.get = () => Promise.resolve(name === "prefixes" ? Object.entries(prefixes).map(([key, iri]) => `${key}: <${iri}>`).sort()
      : (name === "class" ? terms.classes : terms.properties).map((term) => term.iri));
    own.bulk = true;
    own.persistenceId = null;
    if (name !== "prefixes") {
      own.postprocessHints = (_, hints) => hints.map((hint) => {
        const iri = Object.entries(prefixes).reduce((text, [key, start]) => (text.startsWith(`${key}:`) ? start + text.slice(key.length + 1) : text), hint.text.replace(/^<|>$/g, ""));
        return labels.get(iri) ? { ...hint, displayText: `${hint.text}  ${labels.get(iri)}` } : hint;
      });
    }
  }
  Yasgui.Yasqe.registerAutocompleter(entities);
  Yasgui.Yasr.registerPlugin("chart", Object.assign(Chart, { label: place.dataset.chart }));
  Yasgui.Yasr.registerPlugin("graph", Object.assign(Network, { label: place.dataset.graph }));
  Chart.prototype.label = place.dataset.chart;
  Network.prototype.label = place.dataset.graph;
  const query = place.dataset.query || `${needed(example)}\n\n${example}`;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
    copyEndpointOnNewTab: true, endpointCatalogueOptions: { getData: () => [] }, persistenceId: "policy-kg",
    yasqe: { value: query, showQueryButton: true, resizeable: true },
    yasr: { pluginOrder: ["table", "chart", "graph", "response"], defaultPlugin: "table" },
  });
  const tab = yasgui.getTab();
  if (place.dataset.query) tab.setQuery(place.dataset.query);
  else if (!tab.getQuery() || tab.getQuery().includes("?sub ?pred ?obj")) tab.setQuery(query);
  place.dataset.ready = "yes";
})();
