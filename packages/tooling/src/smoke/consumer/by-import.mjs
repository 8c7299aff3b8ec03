/** Uses the package that the first argument names from an ES module, and prints the names that it exports. */
import { roundTrips } from "./round-trips.mjs";

const name = process.argv[2];
const load = (specifier) => import(specifier);
const loaded = await load(name);
await roundTrips[name](loaded, load);
console.log(JSON.stringify(Object.keys(loaded).sort()));
