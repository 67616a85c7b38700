import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import { NOTICE_PLACES } from './notice-place.ts';
import { SEEN_AT_A_PLACE } from './notices.tsx';
import classes from './NoticeCorner.module.css';

/** Where notices appear; what was said before it is loaded waits for it. */
export function NoticeCorner() {
  return (
    <Notifications
      position={NOTICE_PLACES[0]}
      limit={SEEN_AT_A_PLACE}
      zIndex={400}
      classNames={{ root: classes.corner!, notification: classes.notice! }}
      data-notices
    />
  );
}
