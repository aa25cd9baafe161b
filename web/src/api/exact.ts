const money = /"(total_spend|cpc|[a-z_]+_micros)":\s*(-?\d+(?:\.\d+)?)(?=[,}\s])/g;

/**
 * Parses JSON with amounts of money left as text, since JSON.parse makes every number a binary fraction. A key can't be
 * confused with what stands in a string: there its quotes would be escaped.
 */
export const parseExact = (json: string): unknown => JSON.parse(json.replace(money, '"$1":"$2"'));
