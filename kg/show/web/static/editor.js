// YASGUI over our own endpoint: no requests elsewhere, completion of our prefixes, classes and properties.
"use strict";

(async () => {
  const place = document.getElementById("yasgui");
  if (!place) return;
  const { prefixes, terms, example } = await (await fetch("/editor/vocabulary")).json();
  const declared = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
  const needed = (query) => declared.filter((line) => query.includes(`${line.split(" ")[1]}`)).join("\n");

  // The completers that come with it ask public servers
  for (const name of ["prefixes", "class", "property"]) {
    const own = Yasgui.Yasqe.Autocompleters[name];
    if (!own) continue;
    own.get = () => Promise.resolve(name === "prefixes" ? Object.entries(prefixes).map(([key, iri]) => `${key}: <${iri}>`).sort()
      : name === "class" ? terms.classes : terms.properties);
    own.bulk = true;
    own.persistenceId = null;
  }
  const query = place.dataset.query || `${needed(example)}\n\n${example}`;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
    copyEndpointOnNewTab: true, endpointCatalogueOptions: { getData: () => [] }, persistenceId: "policy-kg",
    yasqe: { value: query, showQueryButton: true, resizeable: true },
  });
  const tab = yasgui.getTab();
  if (place.dataset.query) tab.setQuery(place.dataset.query);
  else if (!tab.getQuery() || tab.getQuery().includes("?sub ?pred ?obj")) tab.setQuery(query);
  place.dataset.ready = "yes";
})();
