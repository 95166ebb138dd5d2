/**
 * A value of one of the SDK's enums by its name on the wire. The enums themselves are values, and importing a value would
 * load the SDK with the extension; cast because TypeScript takes no string for a string enum. The golden setups and the
 * local server hold the names to the wire.
 */
export const wire = <T extends string>(name: `${T}`) => name as T;
