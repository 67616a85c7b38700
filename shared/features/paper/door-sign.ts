import { leadOf, type SignedWorkshop } from './attendance-sheet.ts';
import { frameIn, saidIn, type Frame, type PaperWords, type Said } from './paper-words.ts';

/** What a device needs to join the network of the room, as it is to be read; '' where nothing is said of it. */
export interface RoomNetwork {
  readonly network: string;
  readonly password: string;
}

export interface DoorSign {
  readonly frame: Frame;
  /** What the document is. */
  readonly name: Said;
  readonly title: Said;
  readonly lead: Said;
  readonly network: readonly { readonly label: Said; readonly value: string }[];
}

/** A sign for the door of the room, in one language or two. */
export function doorSign(
  workshop: Pick<SignedWorkshop, 'title' | 'place' | 'start' | 'end'>,
  joined: RoomNetwork,
  words: readonly [PaperWords, ...PaperWords[]],
): DoorSign {
  return {
    frame: frameIn(words[0]),
    name: saidIn(words, ({ say }) => say('doorSign.name')),
    title: saidIn(words, workshop.title),
    lead: saidIn(words, (one) => leadOf(workshop, one)),
    network: (['network', 'password'] as const)
      .filter((part) => joined[part] !== '')
      .map((part) => ({ label: saidIn(words, ({ say }) => say(`doorSign.${part}`)), value: joined[part] })),
  };
}
