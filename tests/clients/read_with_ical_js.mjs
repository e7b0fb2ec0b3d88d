// Prints the entries of a calendar, as ical.js reads them, as JSON.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
  readFileSync(process.argv[2]),
);
const calendar = new ICAL.Component(ICAL.parse(text));
const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return [
    event.uid,
    event.startDate.toString(),
    event.endDate.toString(),
    event.summary,
    event.description,
  ];
});
process.stdout.write(JSON.stringify(entries));
