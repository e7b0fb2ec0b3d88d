// Search for numbers, too: Sphinx ignores them, but readers look for years and resolutions.
document.addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return; // Only the search page has it.
  const parse = Search._parseQuery;
  Search._parseQuery = (query) => {
    const parsed = parse(query);
    const [, terms, , highlighted] = parsed;
    for (const term of query.split(/\s+/).filter((word) => /^\d+$/.test(word))) {
      terms.add(term);
      highlighted.add(term);
    }
    return parsed;
  };
});
