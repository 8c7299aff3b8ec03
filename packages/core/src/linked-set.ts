/** A member of a {@link LinkedSet}, which alone sets its place. A member is in one set at a time. */
export interface Linked<Member> {
  previous: Member | undefined;
  next: Member | undefined;
}

/**
 * A set in the order of joining, whose members hold their own places.
 *
 * A `Set` that grows and shrinks leaves tables behind, each of which points to the next. When one of them has become old for
 * the garbage collector, all that follow are kept with their members until a full collection: with a hundred calls at once,
 * joining and leaving a `Set` took ten times as long as this.
 */
export class LinkedSet<Member extends Linked<Member>> {
  #first: Member | undefined;
  #last: Member | undefined;

  /** Who has been in it longest. */
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
    // Else a member that has become old would keep those that came after it.
    member.previous = undefined;
    member.next = undefined;
  }

  has(member: Member): boolean {
    return member.previous !== undefined || this.#first === member;
  }

  /** The members as they are now. */
  toArray(): Member[] {
    const members: Member[] = [];
    for (let member = this.#first; member; member = member.next) members.push(member);
    return members;
  }
}
