import { useEffect } from 'preact/hooks';
import { DashboardPage } from '../dashboard/DashboardPage';
import { OperationsPage } from '../operations/OperationsPage';
import { Link } from './Link';
import { SessionMenu } from '../signin/SessionMenu';
import { usePlace } from './location';

const pages = [
  { path: '/', name: 'Advertising', Page: DashboardPage },
  { path: '/operations', name: 'Operations', Page: OperationsPage },
] as const;

/** The frame around every page: name, navigation, and the page. */
export function App() {
  const { path } = usePlace();
  const { name, Page } = pages.find(page => page.path === path) ?? pages[0];
  useEffect(() => {
    document.title = `${name} · ClickFuncs`;
  }, [name]);
  return (
    <>
      <a class="skip" href="#main">Skip to the numbers</a>
      <header class="shell">
        <p class="brand"><BrandMark />ClickFuncs</p>
        <nav aria-label="Pages">
          {pages.map(page => <Link href={page.path} current={page.path === path}>{page.name}</Link>)}
        </nav>
        <p class="zone">All times in UTC</p>
        <SessionMenu />
      </header>
      <main id="main" tabIndex={-1}><Page /></main>
    </>
  );
}

const BrandMark = () => (
  <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    <rect width="24" height="24" rx="6" />
    <path d="M5.5 16.5 10 11l3.2 3 5.3-6.5" />
  </svg>
);
