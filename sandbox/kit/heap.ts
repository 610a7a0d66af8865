export type Heap<T> = { push(item: T): void; peek(): T | undefined; pop(): T | undefined; items(): T[] };

/** A binary heap: `peek` and `pop` give the item that comes before all others. */
export function makeHeap<T>(before: (a: T, b: T) => boolean, items: T[] = []): Heap<T> {
  const heap: T[] = [];

  function swapIfBefore(child: number, parent: number): boolean {
    const a = heap[child];
    const b = heap[parent];
    if (a === undefined || b === undefined || !before(a, b)) return false;
    heap[child] = b;
    heap[parent] = a;
    return true;
  }

  function push(item: T): void {
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  function sink(): void {
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const first =
        left !== undefined && right !== undefined && before(right, left) ? 2 * at + 2 : 2 * at + 1;
      if (!swapIfBefore(first, at)) return;
      at = first;
    }
  }

  function pop(): T | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first;
  }

  for (const item of items) push(item);
  return { push, pop, peek: () => heap[0], items: () => [...heap] };
}
