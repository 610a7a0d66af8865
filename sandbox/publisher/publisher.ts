import type { World } from '../kit/world.ts';
import { type CallbackRecord, openCallbackRecord } from './callback-record.ts';
import type { PublisherSettings } from './publisher-settings.ts';

/** The imitated publisher's site: what it got, and how it answers. */
export type Publisher = {
  world: World;
  callbacks: CallbackRecord;
  setAnswer(settings: PublisherSettings): PublisherSettings;
  nextAnswer(): PublisherSettings;
  forget(): void;
};

const usual: PublisherSettings = { status: 200, delayMilliseconds: 0 };

export function openPublisher(world: World): Publisher {
  const callbacks = openCallbackRecord(world.journal);
  let answer = usual;
  let left = Infinity;
  const setAnswer = (settings: PublisherSettings) => {
    answer = settings;
    left = settings.times ?? Infinity;
    return settings;
  };
  return {
    world,
    callbacks,
    setAnswer,
    nextAnswer() {
      if (left <= 0) return usual;
      left -= 1;
      return answer;
    },
    forget() {
      callbacks.forget();
      setAnswer(usual);
    },
  };
}
