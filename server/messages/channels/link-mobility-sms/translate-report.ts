import type { MessageState } from '../../message.ts';

const temporary = [1000, 1005, 1007, 1008, 1011, 1012, 1013];

/**
 * What a delivery report says about a message: 1001 reached the handset, temporary codes say nothing yet,
 * every other code means that it did not arrive. Source: LINK Mobility, MT and delivery reports 1.18.
 */
export function messageStateOf(
  resultCode: number,
): Extract<MessageState, 'delivered' | 'failed'> | undefined {
  if (resultCode === 1001) return 'delivered';
  return temporary.includes(resultCode) ? undefined : 'failed';
}
