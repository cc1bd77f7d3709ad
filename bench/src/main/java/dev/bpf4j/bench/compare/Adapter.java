// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that answers a line with a line: the protocol of {@code bench/adapters/README.md}. For one thread. */
interface Adapter extends AutoCloseable {
    /**
     * Asks.
     *
     * @param request one line, without its end
     * @return what comes after {@code ok}; may be empty
     * @throws CannotRun with the reason, if the answer is {@code no}, is something else, or does not come
     */
    default String ask(String request) throws CannotRun {
        String answer = exchange(request);
        if (answer.equals("ok") || answer.startsWith("ok ")) {
            return answer.substring(2).strip();
        }
        String what = request.split(" ", 2)[0];
        throw new CannotRun(answer.startsWith("no ") ? "the adapter refuses " + what + ": " + answer.substring(3)
                : "the adapter answers " + what + " with neither ok nor no: " + answer.substring(0, Math.min(answer.length(), 80)));
    }

    /** Sends a line and waits for the next. */
    String exchange(String request) throws CannotRun;

    @Override
    void close();

    /** Starts a process. */
    static Adapter start(List<String> command) throws CannotRun {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return new Running(process);
        } catch (IOException e) {
            throw new CannotRun("the adapter cannot be started: " + e.getMessage());
        }
    }

    /** The process, and a thread that reads from it, so that waiting can end. */
    final class Running implements Adapter {
        private static final long SECONDS = 120;
        private static final String END = "";

        private final Process process;
        private final Writer to;
        private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(1);

        private Running(Process process) {
            this.process = process;
            this.to = process.outputWriter(StandardCharsets.US_ASCII);
            // Not a virtual thread: reading from a process holds its carrier, and there are as many adapters as programs.
            Thread.ofPlatform().daemon().name("adapter").start(this::read);
        }

        private void read() {
            try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                    lines.put(line);
                }
                lines.put(END);
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String exchange(String request) throws CannotRun {
            try {
                to.write(request);
                to.write('\n');
                to.flush();
                String answer = lines.poll(SECONDS, TimeUnit.SECONDS);
                if (answer == null) {
                    close();
                    throw new CannotRun("the adapter did not answer within " + SECONDS + " s");
                }
                if (answer.equals(END)) {
                    throw ended();
                }
                return answer;
            } catch (IOException e) {
                throw ended();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotRun("interrupted");
            }
        }

        private CannotRun ended() throws CannotRun {
            try {
                boolean gone = process.waitFor(1, TimeUnit.SECONDS);
                return new CannotRun("the adapter ended" + (gone ? ", exit code " + process.exitValue() : ""));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotRun("interrupted");
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
