// SPDX-License-Identifier: Apache-2.0
/**
 * What surrounds a machine: network interfaces, routes, neighbours, sockets, the current task. Helpers that would ask the kernel's surroundings
 * are answered from here, so that every run gives the same answers anywhere.
 *
 * <pre>{@code
 * World world = World.STANDARD.withInterfaces(new World.Interface(2, "eth0", mac, 1500))
 *         .withRoutes(new World.Route(InetAddress.ofLiteral("10.0.0.0"), 8, 2, null, null, World.Route.Kind.UNICAST, 0))
 *         .withTask(new World.Task(4711, 4711, 1000, 1000, "curl", List.of(1L, 42L)));
 * Machine machine = new Machine(Machine.Settings.standard().withWorld(world));
 * }</pre>
 *
 * <p>
 * {@link dev.bpf4j.runtime.world.World#STANDARD} describes next to nothing: no routes, no sockets, a task with number 1. Everything is immutable.
 */
@NullMarked
package dev.bpf4j.runtime.world;

import org.jspecify.annotations.NullMarked;
