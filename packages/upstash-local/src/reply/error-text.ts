import type { Command } from "../command/command.ts";

/** The text of Redis's error, without the arguments that it quotes. */
export function errorText(message: string, { args }: Command): string {
  const said = message.replace(/, with args beginning with:.*$/s, "").replace(/(unknown subcommand) '.*'/s, "$1");
  // Redis replaces line ends in an error by spaces.
  return args.reduce<string>((text, arg) => text.replaceAll(`'${`${arg}`.replace(/[\r\n]/g, " ")}'`, "'?'"), said);
}
