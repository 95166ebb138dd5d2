import { formatCents, totalCents, type CartLine } from './cart.ts';

/** The line above the button that pays: `3 things, 47.80 to pay`. */
export function paymentLine(lines: readonly CartLine[]): string {
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return `${count} ${count === 1 ? 'thing' : 'things'}, ${formatCents(totalCents(lines))} to pay`;
}

/** What is still missing for a coupon that wants a smallest order; 0 when it can be used. */
export function missingForCouponCents(lines: readonly CartLine[], smallestOrderCents: number): number {
  return Math.max(0, smallestOrderCents - totalCents(lines));
}
