// Search for numbers, too: Sphinx ignores them, but readers look for years and resolutions.
// And show the headings that contain all words first, such as an event on the page of its year.
document.addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined" || !Search._performSearch) return; // Only the search page has it.
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
  const perform = Search._performSearch;
  Search._performSearch = (query, ...rest) => {
    const { alltitles, docnames, filenames, titles } = Search._index;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    for (const [title, places] of Object.entries(alltitles)) {
      for (const [file, id] of places) {
        const text = ` ${titles[file]} ${title}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
        if (id === null || !words.every((word) => text.includes(` ${word}`))) continue;
        const shown = `${titles[file]} > ${title}`;
        const kind = SearchResultKind.title;
        found.push([docnames[file], shown, `#${id}`, null, 100, filenames[file], kind]);
      }
    }
    const same = (one) => found.some((other) => other[0] === one[0] && other[2] === one[2]);
    // The last result is shown first.
    return [...perform(query, ...rest).filter((each) => !same(each)), ...found];
  };
});
