package dev.workerpool.telemetry.page;

import static org.awaitility.Awaitility.await;

import dev.workerpool.testing.jobs.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with the page open. */
final class Browser implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "page");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOW = "apt-get install chromium chromium-driver";

    private final ChromeDriver driver;

    Browser(PageServer page, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Needed.onPath("chromium", HOW).toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Needed.onPath("chromedriver", HOW).toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.get("http://127.0.0.1:" + page.port() + "/");
    }

    /** Types into whatever has the focus. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    String script(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    void awaits(String expression, String value) {
        await(expression).atMost(PATIENCE).until(() -> script(expression), value::equals);
    }

    void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** For people to look at: target/page/NAME.png. */
    void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the page or the browser complained of. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
