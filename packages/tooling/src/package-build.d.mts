import type { Options } from "tsup";

/** What `tsup.config.ts` of a published package exports: the shared preset, with what that package needs beside it. */
export declare function packageBuild(overrides?: Options): Options | Options[] | ((options: Options) => unknown);
