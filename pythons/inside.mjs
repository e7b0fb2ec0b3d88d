// Starts Python under WebAssembly, installs wheels into it and runs its tests.
//
//     node inside.mjs PYODIDE FOLDERS OPTIONS WHEEL...
//
// FOLDERS says in JSON which folders of this machine it sees, and by which names;
// OPTIONS is for pythons/there.py, which goes on from here.
import { readFileSync } from "node:fs";

const [, , pyodide, folders, options, ...wheels] = process.argv;
const { loadPyodide } = await import(`${pyodide}/pyodide.mjs`);

try {
  const python = await loadPyodide({
    env: { HOME: "/home/pyodide", PYTHONDONTWRITEBYTECODE: "1", CI: "true" },
  });
  const site = python.runPython("import sysconfig; sysconfig.get_path('purelib')");
  for (const wheel of wheels) {
    const octets = new Uint8Array(readFileSync(wheel)); // It knows no Buffer.
    python.unpackArchive(octets, "wheel", { extractDir: site });
  }
  for (const [name, folder] of Object.entries(JSON.parse(folders))) {
    python.FS.mkdirTree(name);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, name);
  }
  python.globals.set("options", options);
  process.exitCode = python.runPython(`
    import importlib, sys
    importlib.invalidate_caches()
    sys.path[:0] = ["/checkout/pythons", "/checkout/pythons/stand_ins"]
    import there
    there.main(options)
  `);
} catch (error) {
  // A crash brings along the one line that Pyodide's own code is, of a megabyte.
  const lines = String(error.stack ?? error).split("\n");
  console.error(lines.map((line) => line.slice(0, 200)).join("\n"));
  process.exitCode = 70;
}
