import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import { SEEN_AT_ONCE } from './notices.tsx';
import classes from './NoticeCorner.module.css';

/** Where notices appear; what was said before it is loaded waits for it. */
export function NoticeCorner() {
  return <Notifications position="bottom-right" limit={SEEN_AT_ONCE} zIndex={400} classNames={{ root: classes.corner! }} />;
}
