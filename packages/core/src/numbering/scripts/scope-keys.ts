/**
 * The keys of a scope, in the order in which every script of the scope takes them. All three are hashes.
 *
 * The counters never expire. They hold:
 * - `<TYPE>`: the highest number of the type
 * - `!epoch`: raised by every erasure
 * - `!born`: when the scope gave out its first number
 * - `!guard`: how many numbers a failover may lose, and on which server (`guard.lua`)
 *
 * Each of the two generations holds mappings, and what is needed to do without the other keys:
 * - `f<TYPE>:<index name>:<id>`: a forward entry, the number of the original that has this id
 * - `r<TYPE>:<number>`: a reverse record, the ids and the value that the number stands for (`records.lua`)
 * - `h<TYPE>`: the highest number of the type, and `!types`: the list of these types (`highest.lua`)
 * - `!gen`: when the generation begins and ends (`generations.lua`)
 * - `!life`: the scope's epoch and birth (`life.lua`)
 * - `!index`: which index names find every mapping (`indexes.lua`)
 *
 * Why they are kept this way is in decision 6, and why so few commands read them in decision 20.
 */
export const scopeKeys = ["counters", "generation a", "generation b"] as const;
