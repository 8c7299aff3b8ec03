/** An original with the type that it was found as. */
export interface Original {
  readonly type: string;
  readonly value: string;
}
