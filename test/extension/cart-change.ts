/** A file, what an edit makes of it, and the edit. */
export const CART =
  'export function total(items) {\n\tlet sum = 0;\n\tfor (const item of items) sum += item.price;\n\treturn sum;\n}\n';
export const PRICED = CART.replace('item.price', 'item.price * item.count');
export const EDIT = { find: 'sum += item.price', replace: 'sum += item.price * item.count' };
