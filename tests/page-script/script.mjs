import { readFileSync } from "node:fs";

// The very file that browsers get, as a module whatever its ending means to this program.
const source = readFileSync(new URL("../../src/SsoCibaMethod/Pages/Assets/ciba.js", import.meta.url), "utf8");

export const script = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
