import { useEffect } from 'preact/hooks';
import { DashboardPage } from '../dashboard/DashboardPage';
import { FinancePage } from '../finance/FinancePage';
import { OperationsPage } from '../operations/OperationsPage';
import { ReferencePage } from '../reference/ReferencePage';
import { Link } from './Link';
import { SessionMenu } from '../signin/SessionMenu';
import { useSession } from '../signin/useSession';
import { usePlace } from './location';

// A page with a role is offered to those who have it; what others may not see the server refuses.
const pages = [
  { path: '/', name: 'Advertising', Page: DashboardPage, role: null },
  { path: '/finance', name: 'Finance', Page: FinancePage, role: 'finance' },
  { path: '/operations', name: 'Operations', Page: OperationsPage, role: null },
  { path: '/docs', name: 'API', Page: ReferencePage, role: null },
] as const;

/** The frame around every page: name, navigation, and the page. */
export function App() {
  const { path } = usePlace();
  const { session } = useSession();
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
          {pages.filter(page => page.role === null || session?.roles.includes(page.role))
            .map(page => <Link key={page.path} href={page.path} current={page.path === path}>{page.name}</Link>)}
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
