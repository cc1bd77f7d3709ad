// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialsTest {
    private static final Path EXAMPLES = Invocation.ROOT.resolve("examples");
    private static final String PACKET = "02000000000a 02000000000b 0800 4500002000004000400600000a0000010a000002 0400 0050 0000000000000000 5002 0000 0000 0000";

    @TempDir private Path folder;
    private String hash = "";

    @BeforeEach
    void object() throws IOException, NoSuchAlgorithmException {
        byte[] object = Files.readAllBytes(EXAMPLES.resolve("xdp_firewall.bpf.o"));
        hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(object));
    }

    private Invocation trials(String more) throws IOException {
        return trials(hash, more);
    }

    private Invocation trials(String sha256, String more) throws IOException {
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, """
                project: our own
                packets: {web: "%s"}
                trials:
                  - name: port 80
                    object: xdp_firewall.bpf.o
                    sha256: %s
                    program: xdp_firewall
                    judge: source
                    why: rule 7 says DROP
                %s""".formatted(PACKET, sha256, more.indent(4)));
        return Invocation.of("trials", file, "--objects", EXAMPLES, "--engine", "interpreter", "--engine", "jvm");
    }

    private static final String RULE = "maps: {services: [{key: \"06000050\", value: \"0700000001000000\"}]}\n";

    @Test
    void whatIsExpectedHolds() throws IOException {
        Invocation ran = trials(RULE + "packets: [{packet: web, verdict: DROP}]");
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("holds").contains("engines: interpreter, jvm").contains(
                "1 trials of 1 programs of 1 projects: 1 hold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "packets: [{packet: web, verdict: PASS}]|packet 1: verdict is DROP, expected PASS",
        "`packets: [{packet: web, verdict: DROP, leaves: \"00\"}]`|packet 1: packet is 02000000000a",
        "packets: [{packet: web, verdict: DROP, redirect: 3}]|packet 1: interface in interpreter is 0, expected 3",
        "`packets: [{packet: web, verdict: DROP}]\nafter: {services: [{key: \"06000050\", value: \"00\"}]}`|map services, key 06000050",
        "`packets: [{packet: web, verdict: DROP}]\nafter: {other: [{key: \"00\", value: \"00\"}]}`|is no map, expected 00"})
    void whatIsNotAsExpectedFails(String text, String message) throws IOException {
        Invocation ran = trials(RULE + text);
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.DISAGREEMENT);
        assertThat(ran.out()).contains("FAILED").contains(message);
    }

    @Test
    void otherObjectsAreNotRun() throws IOException {
        Invocation ran = trials("00", "packets: [{packet: web, verdict: DROP}]");
        assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ran.out()).contains("not run").contains("is another one: its SHA-256 is " + hash);
        assertThat(ran.err()).contains("none of 1 trials was run");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"colour: red|trials[0] has a field colour, expected one of",
        "`maps: {}`|trials[0] has neither packets nor a capture",
        "packets: [{packet: 0xyz, verdict: PASS}]|trials[0].packets[0].packet is no hex",
        "packets: [{packet: web}]|trials[0].packets[0] has no field verdict",
        "`capture: {file: a.pcap}`|trials[0] needs both of capture and verdicts",
        "`type: tea\npackets: [{packet: web, verdict: DROP}]`|trials[0].type is tea"})
    void wrongFilesAreRefusedWithTheirPlace(String text, String message) throws IOException {
        Invocation ran = trials(text);
        assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ran.err()).contains("t.yaml: " + message);
    }

    /** All trials of the repository; the objects are where {@code -Dbpf4j.objects} says. */
    @Test
    void projectsObjects() {
        String objects = System.getProperty("bpf4j.objects");
        assumeTrue(objects != null, "no folder of objects is given with -Dbpf4j.objects");
        Invocation ran = Invocation.of("trials", EXAMPLES.resolve("trials"), "--objects", objects);
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("0 failed, 0 not run");
    }

    @Test
    void filesOfTheRepositoryAreRead() {
        Invocation ran = Invocation.of("trials", EXAMPLES.resolve("trials"), "--objects", folder, "--engine", "interpreter");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ran.out()).contains("0 hold, 0 failed");
        assertThat(ran.err()).contains(" trials was run");
    }

    @Test
    void foldersWithoutTrialsOrObjectsAreRefused() {
        assertThat(Invocation.of("trials", folder, "--objects", folder).err()).contains(folder
                + ": there is no description of trials (.yaml) in this folder");
        assertThat(Invocation.of("trials", EXAMPLES.resolve("trials"), "--objects", folder.resolve("none")).err()).contains(
                "there is no such folder");
    }
}
