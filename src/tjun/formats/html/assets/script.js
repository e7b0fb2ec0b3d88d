(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const events = [...document.querySelectorAll(".event")];
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
      const shown = events.filter((event) => event.getClientRects().length).length;
      status.textContent = shown === events.length ? "" : `${shown} / ${events.length}`;
    };
    search.hidden = false;
    search.addEventListener("input", update);
    filter.addEventListener("change", update);
    // A link to an event that is filtered out shows all events again.
    window.addEventListener("hashchange", () => {
      const target = byId(location.hash.slice(1));
      if (!target || target.getClientRects().length) return;
      search.value = "";
      byId("disputed").checked = false;
      const all = byId("show-all");
      if (all) all.checked = true;
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
