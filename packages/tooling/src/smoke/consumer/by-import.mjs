/** Uses the package named by the first argument as an ES module does. Prints the names it exports. */
import { roundTrips } from "./round-trips.mjs";

const name = process.argv[2];
const load = (specifier) => import(specifier);
const loaded = await load(name);
await roundTrips[name](loaded, load);
console.log(JSON.stringify(Object.keys(loaded).sort()));
