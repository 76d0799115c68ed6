package dev.workerpool.telemetry.page;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser: what it shows, by keyboard alone, light and dark, small and large; pictures in target/page. */
class PageIT {
    private static final String ROWS = "document.querySelectorAll('#pools tbody tr').length";
    private static final String CHARTS = "document.querySelectorAll('#charts canvas').length";
    private static final String UPDATE = "document.body.dataset.update";

    @TempDir
    Path profile;

    @Test
    void three_pools_by_keyboard_in_light_and_dark() throws IOException {
        try (PageServer page = serve(3);
                Browser browser = new Browser(page, profile)) {
            browser.awaits(ROWS, "3");
            assertEquals("–", browser.text("tr[data-pool='shop-2/reports-2'] td:nth-child(4)"));
            assertTrue(browser.text("#brokers tr:nth-child(1) td:nth-child(5)").endsWith(", 80 days left"));
            assertTrue(browser.text("#brokers tr:nth-child(2) td .Unknown").endsWith(", 9 days left"));
            browser.picture("three-light");

            browser.type("/");
            browser.type("reports", Keys.ARROW_DOWN);
            browser.awaits(ROWS, "1");
            browser.type(Keys.ENTER);
            browser.awaits(CHARTS, "4");
            assertEquals("shop-2/reports-2", browser.text("#detail-title"));
            assertTrue(browser.text("#detail-why").startsWith("BacklogUnknown: "));
            browser.picture("detail-light");

            String light = browser.script("getComputedStyle(document.body).backgroundColor");
            browser.prefers("dark");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !browser.script("getComputedStyle(document.body).backgroundColor")
                            .equals(light));
            browser.awaits(CHARTS, "4");
            browser.picture("detail-dark");
            browser.type(Keys.ESCAPE);
            browser.awaits("document.getElementById('detail').open", "false");
            assertEquals("shop-2/reports-2", browser.script("document.activeElement.dataset.pool"));
            browser.picture("three-dark");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void a_thousand_pools() throws IOException {
        try (PageServer page = serve(1000);
                Browser browser = new Browser(page, profile)) {
            browser.awaits(ROWS, "1000");
            String first = browser.script(UPDATE);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !browser.script(UPDATE).equals(first));
            System.out.printf(
                    "page of 1000 pools: first contentful paint after %s ms; table first filled in %s ms, updated in %s ms,"
                            + " fetched in %s ms%n",
                    browser.script("performance.getEntriesByName('first-contentful-paint')[0].startTime.toFixed(0)"),
                    first,
                    browser.script(UPDATE),
                    browser.script("document.body.dataset.fetch"));
            browser.picture("thousand-light");
            browser.type("/");
            browser.type("images");
            browser.awaits(ROWS, "333");
            browser.type(Keys.ESCAPE);
            browser.awaits(ROWS, "1000");
            assertNotEquals("", browser.text("#summary"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private static PageServer serve(int pools) throws IOException {
        return PageServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AFleet.of(pools));
    }
}
