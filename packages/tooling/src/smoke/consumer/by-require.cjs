/** Uses the package named by the first argument as a CommonJS module does. Prints the names it exports. */
const name = process.argv[2];
const loaded = require(name);

import("./round-trips.mjs")
  .then(({ roundTrips }) => roundTrips[name](loaded, require))
  .then(() => console.log(JSON.stringify(Object.keys(loaded).sort())));
