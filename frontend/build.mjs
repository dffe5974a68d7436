// Builds the map component into the package, with the notices of what is bundled in it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const HERE = dirname(fileURLToPath(import.meta.url))
const BUILT = join(HERE, "../atlas/pages/built")

// We draw with WebGL only. Leaving out the shaders for WebGPU saves 9 kB of the compressed file.
const withoutWebGpu = {
  name: "without-webgpu",
  setup(bundler) {
    bundler.onLoad({ filter: /[.-]wgsl\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/`[^`]*`/g, "``"),
    }))
  },
}

const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ["src/map.js"],
  outfile: join(BUILT, "map.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none", // the file of notices has them
  metafile: true,
  logLevel: "warning",
  plugins: [withoutWebGpu],
})

function bundledPackages() {
  const [{ inputs }] = Object.values(metafile.outputs)
  const folders = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput)
    .map(([path]) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1])
  return [...new Set(folders)].filter(Boolean).sort()
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(HERE, folder, "package.json")))
  const file = readdirSync(join(HERE, folder)).find((entry) => /^licen[sc]e/i.test(entry))
  const text = file && readFileSync(join(HERE, folder, file), "utf8").trim()
  return { heading: `${name} ${version} (${license})`, text }
}

// Packages that share a licence text are listed together above it.
function notices() {
  const headings = new Map()
  for (const { heading, text } of bundledPackages().map(notice)) {
    const words = text ?? "This package comes without a text of its licence."
    headings.set(words, [...(headings.get(words) ?? []), heading])
  }
  return [...headings].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`)
}

const RULE = `\n${"-".repeat(80)}\n\n`
writeFileSync(join(BUILT, "map.LICENSES.txt"), ["map.js contains:\n", ...notices()].join(RULE))
