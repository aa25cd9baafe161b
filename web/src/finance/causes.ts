/** Why recount and stream differ, in the words of the report. */
export const causes: Readonly<Record<string, { readonly name: string; readonly meaning: string }>> = {
  too_late: { name: 'Too late', meaning: 'The event came after its minute was closed to the stream; the recount counts it.' },
  beyond_horizon: { name: 'Beyond the horizon', meaning: 'A copy came after the stream had forgotten the event, and it was counted twice; the recount counts it once.' },
  other_copy: { name: 'Other copy', meaning: 'The copy that came first is not the one that happened first; the stream counted it in another hour or under another key.' },
  other_partition: { name: 'Other partition', meaning: 'A copy came by another partition, where the stream counted it too; the recount counts the event once.' },
  quarantined: { name: 'Quarantined', meaning: 'The stream put the event aside as unreadable; the recount could read it.' },
  not_processed: { name: 'Not processed', meaning: 'The stream had not counted the event when its numbers were read.' },
  re_judged: { name: 'Judged again', meaning: 'The mature fraud rules judge the event otherwise than the stream did.' },
};

/** What a cause is called; one that this page doesn't know yet by its code. */
export const causeName = (cause: string): string => causes[cause]?.name ?? cause;

/** What it means, in a sentence. */
export const causeMeaning = (cause: string): string => causes[cause]?.meaning ?? '';
