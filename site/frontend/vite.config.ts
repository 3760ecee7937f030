import { defineConfig } from "vite";
import { sprite } from "./sprite.ts";

export default defineConfig({
  // Relative: the built files work wherever STATIC_URL points.
  base: "./",
  publicDir: false,
  plugins: [sprite()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    // No data: URLs; every file is served from our origin, with a hash in its name.
    assetsInlineLimit: 0,
    modulePreload: false,
    target: ["chrome123", "firefox120", "safari17.5"],
    rollupOptions: {
      input: ["css/everydoor.css", "ts/main.ts", "maintenance.html"],
    },
  },
});
