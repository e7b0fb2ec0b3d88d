(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, parent = document) => [...parent.querySelectorAll(selector)];
  const visible = (element) => element.getClientRects().length > 0;
  const events = all(".event");
  const decades = all(".decade");
  const search = byId("search");
  if (search) {
    const status = byId("found");
    const filter = search.parentElement;
    const texts = events.map((event) => event.textContent.toLocaleLowerCase());
    const update = () => {
      const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      events.forEach((event, index) => {
        event.hidden = !words.every((word) => texts[index].includes(word));
      });
      decades.forEach((decade) => { decade.hidden = false; });
      const empty = decades.filter((decade) => !all(".event", decade).some(visible));
      empty.forEach((decade) => { decade.hidden = true; });
      const shown = events.filter(visible).length;
      status.textContent = shown === events.length ? "" : `${shown} / ${events.length}`;
    };
    search.hidden = false;
    search.addEventListener("input", update);
    filter.addEventListener("change", update);
    // A link to an event that is filtered out shows all events again.
    window.addEventListener("hashchange", () => {
      const target = byId(location.hash.slice(1));
      if (!target || visible(target)) return;
      search.value = "";
      byId("only-disputed").checked = false;
      const everyArea = byId("show-all");
      if (everyArea) everyArea.checked = true;
      update();
      target.scrollIntoView();
    });
  }
  const copy = byId("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(byId("feed").textContent);
      byId("copied").textContent = copy.dataset.copied;
    });
  }
})();
