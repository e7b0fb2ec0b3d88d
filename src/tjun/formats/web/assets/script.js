(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, parent = document) => [...parent.querySelectorAll(selector)];
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}_/.-]*[\p{L}\p{N}_]/gu) || [];
  // Each word that was typed has to be the beginning of a word of the event.
  const matches = (typed, words) => typed.every((one) => words.some((word) => word.startsWith(one)));

  for (const button of all(".copy")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.closest("li, section").querySelector("code").textContent);
      button.nextElementSibling.textContent = button.dataset.copied;
    });
  }

  // A page that is written once cannot know how many days are left.
  for (const place of all("[data-until]")) {
    const [language] = Intl.RelativeTimeFormat.supportedLocalesOf([document.documentElement.lang]);
    const now = new Date();
    const days = Math.round((Date.parse(place.dataset.until) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 864e5);
    if (!language || days < 0) continue;
    place.textContent = ` · ${new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day")}`;
  }

  const field = byId("search");
  const status = byId("found");
  const say = (number) => { status.textContent = number ? String(number) : status.dataset.none; };

  const results = byId("results");
  if (results) {
    const show = (typed) => {
      const words = wordsOf(typed);
      results.textContent = "";
      status.textContent = "";
      if (!words.length) return;
      const named = ([, date, title]) => wordsOf(`${date} ${title}`);
      const found = window.tjunIndex.filter((row) => matches(words, [...named(row), ...row[3].split(" ")]));
      // What happened in a year comes before what mentions it.
      const later = (row) => (matches(words, named(row)) ? 0 : 1);
      found.sort((a, b) => later(a) - later(b));
      say(found.length);
      for (const [address, date, title] of found) {
        const item = document.createElement("li");
        const when = document.createElement("span");
        const link = document.createElement("a");
        when.className = "when";
        when.textContent = date;
        link.href = results.dataset.home + address;
        link.textContent = title;
        item.append(when, link);
        results.append(item);
      }
    };
    const start = () => {
      field.value = new URLSearchParams(location.search).get("q") || "";
      show(field.value);
      field.addEventListener("input", () => show(field.value));
    };
    const index = document.createElement("script");
    index.src = results.dataset.index;
    index.addEventListener("load", start);
    document.head.append(index);
  }

  const entries = all("#chronology .entry");
  if (entries.length) {
    const texts = entries.map((entry) => wordsOf(entry.textContent));
    const update = () => {
      const words = wordsOf(field.value);
      entries.forEach((entry, index) => { entry.hidden = !matches(words, texts[index]); });
      for (const year of all("#chronology .year")) year.hidden = !all(".entry:not([hidden])", year).length;
      if (words.length) say(entries.filter((entry) => !entry.hidden).length);
      else status.textContent = "";
    };
    field.form.hidden = false;
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      update();
      byId("chronology").scrollIntoView();
    });
    field.addEventListener("input", update);
    // A link to an event that was not found shows all events again.
    window.addEventListener("hashchange", () => {
      const target = byId(location.hash.slice(1));
      if (!target || target.getClientRects().length) return;
      field.value = "";
      update();
      target.scrollIntoView();
    });
  }
})();
