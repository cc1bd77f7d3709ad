// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Runs a campaign from the command line and prints rate and summary. System properties: {@code bpf4j.engines} (default {@code rfc,evaluator}),
 * {@code bpf4j.profile} (default mixed), {@code bpf4j.programs}, {@code bpf4j.seed}, {@code bpf4j.jobs}, {@code bpf4j.findings} (a folder for what
 * is found). The engine {@code linux} is compared by itself, over programs of the profile kernel.
 */
public final class CampaignMain {
    private CampaignMain() {
    }

    /** Exit code 0 if nothing differed, 4 if something did, 2 if what was asked for does not exist. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run());
    }

    private static int run() throws IOException {
        List<String> names = Arrays.asList(System.getProperty("bpf4j.engines", "rfc,evaluator").split(","));
        Profile profile;
        try {
            profile = Profile.named(System.getProperty("bpf4j.profile", "mixed"));
            names.stream().filter(name -> !name.equals("linux")).forEach(CampaignMain::engine);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        long programs = Long.getLong("bpf4j.programs", 300_000);
        long seed = Long.getLong("bpf4j.seed", 1);
        if (names.contains("linux")) {
            Engine engine = engine(names.stream().filter(name -> !name.equals("linux")).findFirst().orElse("rfc"));
            try (KernelCampaign campaign = new KernelCampaign(engine)) {
                KernelCampaign.Summary summary = campaign.run(seed, programs);
                System.out.print(summary.text());
                return summary.differences().isEmpty() ? 0 : 4;
            }
        }
        Supplier<List<Engine>> engines = () -> names.stream().map(CampaignMain::engine).toList();
        int jobs = Integer.getInteger("bpf4j.jobs", Runtime.getRuntime().availableProcessors());
        CampaignSummary summary = new ParallelCampaign(engines, profile, jobs).run(seed, programs, done -> System.err.printf(Locale.ROOT,
                "%,d programs, %,.0f per second and core, %,d disagreements%n", done.programs(), done.perCpuSecond(), done.differing()));
        System.out.print(summary.text());
        write(summary);
        return summary.differing() == 0 ? 0 : 4;
    }

    private static void write(CampaignSummary summary) throws IOException {
        String folder = System.getProperty("bpf4j.findings");
        if (folder != null && !summary.findings().isEmpty()) {
            Files.createDirectories(Path.of(folder));
            for (Finding finding : summary.findings()) {
                Files.writeString(Path.of(folder, finding.profile() + "-" + finding.seed() + ".bpft"), finding.file());
            }
        }
    }

    private static Engine engine(String name) {
        return ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(engine -> engine.name().equals(name))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("there is no engine " + name));
    }
}
