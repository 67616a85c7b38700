import { leadOf, type SignedWorkshop } from './attendance-sheet.ts';
import { frameIn, paperText, type Frame, type PaperWords, type PaperText } from './paper-words.ts';

/** The network of the room, with all that a device needs to join it, as it is to be read; '' where nothing is said of it. */
export interface RoomNetwork {
  readonly network: string;
  readonly password: string;
}

export interface DoorSign {
  readonly frame: Frame;
  /** What the document is. */
  readonly name: PaperText;
  readonly title: PaperText;
  readonly lead: PaperText;
  readonly network: readonly { readonly label: PaperText; readonly value: string }[];
}

/** A sign for the door of the room, in one language or two. */
export function doorSign(
  workshop: Pick<SignedWorkshop, 'title' | 'place' | 'start' | 'end'>,
  joined: RoomNetwork,
  words: readonly [PaperWords, ...PaperWords[]],
): DoorSign {
  return {
    frame: frameIn(words[0]),
    name: paperText(words, ({ say }) => say('doorSign.name')),
    title: paperText(words, workshop.title),
    lead: paperText(words, (one) => leadOf(workshop, one)),
    network: (['network', 'password'] as const)
      .filter((part) => joined[part] !== '')
      .map((part) => ({ label: paperText(words, ({ say }) => say(`doorSign.${part}`)), value: joined[part] })),
  };
}
