// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import dev.bpf4j.cli.capture.CaptureException;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a command that threw is told to the user: the one place where an exception becomes a message and an exit code. */
final class Failure {
    /** What is in front of every message. */
    private static final String PREFIX = "bpf4j: ";

    private Failure() {
    }

    /**
     * Tells the failure and returns the exit code for it.
     *
     * @param debug prints the stack trace in any case, on standard error
     */
    static ExitCode report(Throwable failure, PrintWriter err, boolean debug) {
        String forUser = messageForUser(failure);
        if (forUser == null) {
            return reportBug(failure, err, debug);
        }
        if (!forUser.isEmpty()) {
            err.println(PREFIX + Printable.lines(forUser));
        }
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.BAD_INPUT;
    }

    /** The message for what the user can mend, empty where nothing needs to be said, or null for a bug. */
    private static @Nullable String messageForUser(Throwable failure) {
        return switch (failure) {
            case UserError e -> e.getMessage();
            case SourceException e -> e.getMessage();
            case LoadException e -> e.getMessage();
            case CaptureException e -> e.getMessage();
            case OutputLost e -> e.readerHasGone() ? "" : "cannot write to standard output: " + e.reason();
            case NoSuchFileException e -> "no such file: " + e.getFile();
            case AccessDeniedException e -> "permission denied: " + e.getFile();
            case FileAlreadyExistsException e -> "exists already: " + e.getFile();
            case NotDirectoryException e -> "not a directory: " + e.getFile();
            case FileSystemException e -> e.getFile() + ": " + (e.getReason() == null ? "cannot be read or written" : e.getReason());
            case IOException e -> "cannot read or write: " + e.getMessage();
            case OutOfMemoryError e -> "not enough memory (" + e.getMessage() + "); more: BPF4J_JAVA_OPTS=-Xmx8g";
            default -> null;
        };
    }

    private static ExitCode reportBug(Throwable failure, PrintWriter err, boolean debug) {
        err.println(PREFIX + "internal error, please report it: " + failure);
        if (debug) {
            failure.printStackTrace(err);
        } else {
            err.println(PREFIX + traceInFile(failure));
        }
        err.flush();
        return ExitCode.INTERNAL;
    }

    /** Leaves the stack trace in a file and says where. */
    private static String traceInFile(Throwable failure) {
        try {
            Path file = Files.createTempFile("bpf4j-error-", ".txt");
            try (PrintWriter trace = new PrintWriter(Files.newBufferedWriter(file))) {
                trace.println(Version.text());
                failure.printStackTrace(trace);
            }
            return "the stack trace is in " + file + " (--debug prints it)";
        } catch (IOException e) {
            return "--debug prints the stack trace";
        }
    }
}
