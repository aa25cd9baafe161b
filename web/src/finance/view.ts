/** What the finance page shows, as it is in its address. Null: the page chooses. */
export interface FinanceView {
  readonly day: string | null;
  readonly advertiser: string | null;
  readonly currency: string | null;
  readonly month: string | null;
  /** The line whose clicks are shown. */
  readonly evidence: null | { readonly day: string; readonly campaign: string };
}

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const monthForm = /^\d{4}-\d{2}$/;

const matching = (text: string | null, form: RegExp): string | null => text !== null && form.test(text) ? text : null;

/** Reads the query of an address; what is no such value is left to the page. */
export function parseFinanceView(query: string): FinanceView {
  const values = new URLSearchParams(query);
  const clicksOf = matching(values.get('clicks_of'), dayForm);
  const campaign = values.get('campaign');
  return {
    day: matching(values.get('day'), dayForm), advertiser: values.get('advertiser'), currency: values.get('currency'), month: matching(values.get('month'), monthForm),
    evidence: clicksOf !== null && campaign !== null ? { day: clicksOf, campaign } : null,
  };
}

/** What the server is asked with: the part of a view that its answer depends on. */
export function choiceOf({ day, advertiser, currency, month }: FinanceView): Readonly<Record<string, string>> {
  const entries = Object.entries({ day, advertiser_id: advertiser, currency, month });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The inverse of reading: the address of a view, without what the page chooses. */
export function financeAddress({ day, advertiser, currency, month, evidence }: FinanceView): string {
  const values = new URLSearchParams();
  const entries = { day, advertiser, currency, month, clicks_of: evidence?.day ?? null, campaign: evidence?.campaign ?? null };
  for (const [name, value] of Object.entries(entries)) {
    if (value !== null)
      values.set(name, value);
  }

  return values.size === 0 ? '/finance' : `/finance?${values}`;
}
