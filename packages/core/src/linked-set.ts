/** A member of a {@link LinkedSet}, which sets these fields. A member is in one set at a time. */
export interface Linked<Member> {
  previous: Member | undefined;
  next: Member | undefined;
}

/**
 * A set in the order of joining, linked through its members.
 *
 * A `Set` that grows and shrinks leaves tables behind, each pointing to the next. Once the garbage collector has promoted one of
 * them to the old generation, all that follow are kept with their members until a full collection. With a hundred calls at
 * once, joining and leaving a `Set` took ten times as long as this.
 */
export class LinkedSet<Member extends Linked<Member>> {
  #first: Member | undefined;
  #last: Member | undefined;

  /** The member that has been in the set longest. */
  get first(): Member | undefined {
    return this.#first;
  }

  add(member: Member): void {
    if (this.has(member)) return;
    member.previous = this.#last;
    if (this.#last) this.#last.next = member;
    else this.#first = member;
    this.#last = member;
  }

  delete(member: Member): void {
    if (!this.has(member)) return;
    const { previous, next } = member;
    if (previous) previous.next = next;
    else this.#first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    // Otherwise a member in the old generation would keep those that joined after it.
    member.previous = undefined;
    member.next = undefined;
  }

  has(member: Member): boolean {
    return member.previous !== undefined || this.#first === member;
  }

  /** A copy of the members. */
  toArray(): Member[] {
    const members: Member[] = [];
    for (let member = this.#first; member; member = member.next) members.push(member);
    return members;
  }
}
