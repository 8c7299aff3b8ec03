import type { Command } from "../command/command.ts";

/** What Redis says about a command, without the arguments that it quotes. */
export function errorText(message: string, { args }: Command): string {
  const said = message.replace(/, with args beginning with:.*$/s, "").replace(/(unknown subcommand) '.*'/s, "$1");
  // Redis has no line ends within an error, and puts spaces in their place.
  return args.reduce<string>((text, arg) => text.replaceAll(`'${`${arg}`.replace(/[\r\n]/g, " ")}'`, "'?'"), said);
}
