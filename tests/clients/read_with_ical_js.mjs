// Prints the entries of each calendar named on the command line, as ical.js reads
// them: a JSON list for each file.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function entries(path) {
  const calendar = new ICAL.Component(ICAL.parse(utf8.decode(readFileSync(path))));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [
      event.uid,
      event.startDate.toString(),
      event.endDate.toString(),
      event.summary,
      event.description,
    ];
  });
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(entries)));
