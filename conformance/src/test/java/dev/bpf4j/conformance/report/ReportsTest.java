// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.SourceException;
import java.io.File;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** All formats, of one report with every kind of result in it. */
class ReportsTest {
    @TempDir Path folder;

    private Report report;

    @BeforeEach
    void make() throws Exception {
        report = SampleReport.make(folder);
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text.replace("<!DOCTYPE html>", ""))));
    }

    @Test
    void markdown() {
        Golden.check(Golden.resource("reports/sample.md"), new MarkdownReport(report).text());
    }

    @Test
    void junit() throws Exception {
        String text = new JunitReport(report).text();
        Golden.check(Golden.resource("reports/sample.xml"), text);
        assertThat(xml(text).getElementsByTagName("testcase").getLength()).isEqualTo(2 * report.cases().size());
        assertThat(xml(text).getElementsByTagName("failure").getLength()).isEqualTo(7);
    }

    @Test
    void badge() throws Exception {
        String text = new Badge(report).text();
        Golden.check(Golden.resource("reports/sample.svg"), text);
        assertThat(xml(text).getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void html() throws Exception {
        String text = new HtmlReport(report).text();
        Golden.check(Golden.resource("reports/sample.html"), text);
        Document page = xml(text);
        assertThat(page.getElementsByTagName("details").getLength()).isEqualTo(8);
        assertThat(text).as("nothing is fetched from elsewhere").doesNotContain("src=", "<script", "<link", "@import", "url(");
        assertThat(text).contains("name=\"viewport\"").contains("bpf4j conformance --plugin &#39;./other --jit&#39; --suite DIR/sample");
    }

    /** On a phone's screen nothing but tables is wider than the screen, and tables scroll by themselves. */
    @Test
    void htmlInABrowser() throws Exception {
        Optional<String> browser = Stream.of("chromium", "chromium-browser", "google-chrome").filter(ReportsTest::isCommand).findFirst();
        Assumptions.assumeTrue(browser.isPresent(), "no Chromium here: the page was not shown in a browser");
        Path page = folder.resolve("page.html");
        Files.writeString(page, new HtmlReport(report).text().replace("</body>",
                """
                        <script>document.querySelectorAll("details").forEach(d => d.open = true);
                        document.title = "width " + document.documentElement.scrollWidth + " of " + document.documentElement.clientWidth + ", details "
                        + document.querySelectorAll("details[open]").length + ", anchors "
                        + [...document.querySelectorAll("nav a")].filter(a => document.querySelector(a.getAttribute("href"))).length;</script></body>"""));
        Process process = new ProcessBuilder(browser.get(), "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder
                .resolve(
                        "profile"), "--window-size=500,900", "--dump-dom", page.toUri().toString()).redirectError(
                                ProcessBuilder.Redirect.DISCARD).start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(shown).containsPattern("<title>width (\\d+) of \\1, details 8, anchors 4</title>");
    }

    private static boolean isCommand(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(
                folder,
                name)));
    }

    @Test
    void groupsAreSupportedOnlyIfNothingFailsOrIsMissing() {
        assertThat(report.groups(1).get(Group.BASE32)).isEqualTo(new Count(0, 0, 1, 1, 0, 1, 0));
        assertThat(report.groups(0)).allSatisfy((group, count) -> assertThat(count.allPass()).as(group.text()).isTrue());
        assertThat(report.groups(1)).allSatisfy((group, count) -> assertThat(count.allPass()).as(group.text()).isEqualTo(
                group == Group.ATOMIC32));
        assertThat(report.good()).isFalse();
        assertThat(report.summary()).isEqualTo(
                "FAIL: 13 of 20 results pass, 6 failed, 1 known failures, 1 unexpected passes, 1 unsupported, 1 not asked; 11 cases, 2 candidates");
    }

    @Test
    void knownFailures() {
        for (String wrong : List.of("x any y", "x nothing y reason", "x pass y reason", "x any ( reason")) {
            assertThatThrownBy(() -> KnownFailures.parse("known.txt", "# first\n" + wrong)).isInstanceOf(SourceException.class)
                    .hasMessageStartingWith(
                            "known.txt:2:");
        }
        assertThat(report.findings().get(1).stream().filter(finding -> finding.judgement() == Finding.Judgement.KNOWN)).hasSize(1);
        assertThat(report.findings().get(1).stream().filter(finding -> finding.judgement() == Finding.Judgement.UNEXPECTED_PASS)).hasSize(
                1);
    }
}
