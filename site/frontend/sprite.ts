/* Builds one sprite of the Lucide icons (ISC licence) that icons.json names, and the logo. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

interface Set {
  icons: Record<string, { body: string }>;
  aliases?: Record<string, { parent: string }>;
}

const read = <T>(path: string): T =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;

function drawing(set: Set, name: string): string {
  const icon = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent ?? ""];
  if (!icon) throw new Error(`icons.json names “${name}”, which Lucide does not draw`);
  return `<symbol id="${name}" viewBox="0 0 24 24">${icon.body}</symbol>`;
}

export function sprite(): Plugin {
  return {
    name: "everydoor-sprite",
    buildStart() {
      const set = read<Set>("./node_modules/@iconify-json/lucide/icons.json");
      const symbols = read<string[]>("./icons.json").map((name) => drawing(set, name));
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
      });
      this.emitFile({
        type: "asset",
        name: "brand.svg",
        originalFileName: "brand.svg",
        source: readFileSync(new URL("./brand.svg", import.meta.url), "utf8"),
      });
    },
  };
}
