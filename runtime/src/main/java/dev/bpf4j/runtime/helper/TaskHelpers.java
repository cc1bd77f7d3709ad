// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import dev.bpf4j.runtime.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The current task and its control groups, from the {@link World}. Linux {@code kernel/bpf/helpers.c}, {@code kernel/trace/bpf_trace.c}. */
final class TaskHelpers {
    /** Bytes of a task's name in Linux (TASK_COMM_LEN). */
    private static final int COMM = 16;
    private static final int NS_INFO = 8;

    private TaskHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("get_current_pid_tgid", (lane, r1, r2, r3, r4, r5) -> (long) task(lane).tgid() << 32 | task(lane).pid() & 0xffff_ffffL);
        all.put("get_current_uid_gid", (lane, r1, r2, r3, r4, r5) -> (long) task(lane).gid() << 32 | task(lane).uid() & 0xffff_ffffL);
        all.put("get_current_comm", TaskHelpers::comm);
        all.put("get_current_task", (lane, r1, r2, r3, r4, r5) -> address(lane));
        all.put("get_current_task_btf", (lane, r1, r2, r3, r4, r5) -> address(lane));
        all.put("get_current_cgroup_id", (lane, r1, r2, r3, r4, r5) -> task(lane).cgroup());
        all.put("get_current_ancestor_cgroup_id", (lane, r1, r2, r3, r4, r5) -> ancestor(task(lane).cgroups(), (int) r1));
        all.put("get_cgroup_classid", (lane, r1, r2, r3, r4, r5) -> 0);
        all.put("current_task_under_cgroup", TaskHelpers::under);
        all.put("get_ns_current_pid_tgid", TaskHelpers::inNamespace);
        all.put("send_signal", (lane, r1, r2, r3, r4, r5) -> signal(r1));
        all.put("send_signal_thread", (lane, r1, r2, r3, r4, r5) -> signal(r1));
        all.put("get_netns_cookie", (lane, r1, r2, r3, r4, r5) -> 1);
        all.put("get_stackid", StackHelpers::id);
        all.put("get_stack", (lane, r1, r2, r3, r4, r5) -> StackHelpers.copy(lane, r2, r3, r4));
        all.put("get_task_stack", (lane, r1, r2, r3, r4, r5) -> StackHelpers.copy(lane, r2, r3, r4));
    }

    private static World.Task task(Lane lane) {
        return lane.machine().world().task();
    }

    /** The id of the ancestor at a level, 0 being the root; 0 if the group does not lie that deep. */
    static long ancestor(List<Long> groups, int level) {
        return level < 0 || level >= groups.size() ? 0 : groups.get(level);
    }

    /** The current task's address; from the first call in a run its bytes can be read. */
    static long address(Lane lane) {
        if (!lane.holds(GuestLayout.TASK)) {
            List<Byte> bytes = task(lane).bytes();
            byte[] image = new byte[Math.min(bytes.size(), GuestLayout.TASK_SIZE)];
            for (int i = 0; i < image.length; i++) {
                image[i] = bytes.get(i);
            }
            lane.write(GuestLayout.TASK, image);
            lane.openRegion(new Region("task", GuestLayout.TASK, GuestLayout.TASK_SIZE, false));
            lane.hold(GuestLayout.TASK, () -> lane.closeRegion(GuestLayout.TASK));
        }
        return GuestLayout.TASK;
    }

    private static long comm(Lane lane, long buffer, long size, long r3, long r4, long r5) {
        byte[] name = Arrays.copyOf(task(lane).comm().getBytes(StandardCharsets.UTF_8), COMM);
        name[COMM - 1] = 0;
        int bytes = (int) Math.min(size & 0xffff_ffffL, 1 << 16);
        byte[] text = Arrays.copyOf(name, bytes);
        if (bytes > 0) {
            text[bytes - 1] = 0;
        }
        lane.write(buffer, text);
        return 0;
    }

    /** Whether the task lies in or below the control group that stands at an index. */
    private static long under(Lane lane, long handle, long index, long r3, long r4, long r5) {
        BpfMap map = MapHelpers.map(lane, handle);
        long at = index & 0xffff_ffffL;
        if (map.type() != MapType.CGROUP_ARRAY) {
            return -Errno.EINVAL;
        }
        if (at >= map.definition().maxEntries()) {
            return -Errno.E2BIG;
        }
        long group = map.reference(at);
        if (group == 0) {
            return -Errno.EAGAIN;
        }
        return task(lane).cgroups().stream().anyMatch(id -> (id & 0xffff_ffffL) == group) ? 1 : 0;
    }

    /** There is one namespace: whatever file names it, the numbers are the same. */
    private static long inNamespace(Lane lane, long device, long inode, long info, long size, long r5) {
        if ((size & 0xffff_ffffL) != NS_INFO) {
            return -Errno.EINVAL;
        }
        TunnelHelpers.word(lane, info, task(lane).pid());
        TunnelHelpers.word(lane, info + Integer.BYTES, task(lane).tgid());
        return 0;
    }

    /** A signal leads nowhere: there is no process. */
    private static long signal(long number) {
        int signal = (int) number;
        return signal < 0 || signal > 64 ? -Errno.EINVAL : 0;
    }
}
