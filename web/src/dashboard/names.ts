import type { Dimension } from '../api/analytics';

/** What a dimension is called. */
export const dimensionNames: Record<Dimension, string> = {
  campaign_id: 'Campaign', ad_group_id: 'Ad group', ad_id: 'Ad', creative_id: 'Creative', device: 'Device', country: 'Country',
};

/** What a value of a dimension is called; events that carry none are unknown. */
export const valueName = (value: string): string => value === '' ? 'Unknown' : value;
