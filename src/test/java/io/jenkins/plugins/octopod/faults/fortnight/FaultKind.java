package io.jenkins.plugins.octopod.faults.fortnight;

/** The kinds of faults, by which {@code octopod.fortnight.without} leaves them out. */
enum FaultKind {
    /** The process of an agent is killed; it is started again at once or some steps later. */
    AGENT_KILLED(4),
    /** An agent's connection is closed while a script of an action runs there, and opened again. */
    DROPPED_IN_SCRIPT(3),
    /** The same, and once more while {@code init} runs on the next connection. */
    DROPPED_IN_INIT(2),
    /** The same, while a run waits for {@code check} or {@code archive_check}. */
    DROPPED_IN_CHECK(2),
    /** The same, while {@code config_check} runs before a request is accepted. */
    DROPPED_IN_CONFIG(1),
    /** The same, while an aborted script is being killed. */
    DROPPED_IN_KILL(1),
    /** An agent is stopped for some steps, with its connection open. */
    AGENT_STOPPED(2),
    /** An agent's process and all scripts on its machine are killed. */
    MACHINE_REBOOTED(2),
    /** An agent of a cloud goes for good, with the scripts on its machine. */
    POD_GONE(2),
    /** Somebody removes an agent from Jenkins, ends the scripts on its machine, and says so. */
    AGENT_REMOVED(1),
    /** An agent is away for longer than a run waits for it; its script runs on. */
    PATIENCE_OVER(1),
    /** Something else queues a staging. */
    FOREIGN_ITEM(4),
    /** An item is cancelled in the queue. */
    ITEM_CANCELLED(4),
    /** A run is aborted while its script runs. */
    RUN_ABORTED(4),
    /** A run is aborted whose script ignores that it is to end. */
    STUBBORN_ABORTED(1),
    /** Two want something of the same staging at once. */
    TWO_REQUESTERS(4),
    /** The controller's clock is weeks ahead for one look. */
    CLOCK_WEEKS_AHEAD(1),
    /** The controller's clock is an hour behind for some steps. */
    CLOCK_BACK(2),
    /** A staging is pinned or unpinned. */
    PINNED(4),
    /** A staging is pinned, or its expiry is moved, while what Jenkins asked for by itself waits in the queue. */
    CHANGED_WHILE_WAITING(3),
    /** {@code config_check} or {@code deployment_config} fails for some steps. */
    CONFIG_FAILS(2),
    /** A script prints what XML can't hold, and fails or not. */
    GARBAGE_PRINTED(3),
    /** A script ends by a signal. */
    SCRIPT_SIGNALLED(3),
    /** A script fails. */
    SCRIPT_FAILED(3),
    /** A script hangs until its time is over. */
    SCRIPT_HANGS(1),
    /** A deployment breaks by itself, or heals. */
    DEPLOYMENT_BROKEN(8),
    /** A file in the directory of a script that runs is deleted. */
    FILE_DELETED(2),
    /** The files of a script that runs have times of another clock. */
    FILES_OF_ANOTHER_CLOCK(2),
    /** Jenkins reads its configuration again while scripts run. */
    RELOADED(2),
    /** The job of a branch is deleted, and made again some steps later. */
    BRANCH_GONE(2),
    /** Another plugin's decision about the queue ends with an exception, for some steps. */
    DECISION_FAILS(2),
    /** Another plugin's listener of the queue ends with an exception, for some steps. */
    LISTENER_FAILS(2);

    /** Something that goes wrong. */
    @FunctionalInterface
    interface Fault {

        /** Makes it happen; what lasts longer is told to {@link World#until}. Does nothing where it can't happen now. */
        void happen(World world) throws Exception;
    }

    private final int weight;

    FaultKind(int weight) {
        this.weight = weight;
    }

    /** How often it happens, compared with the others. */
    int weight() {
        return weight;
    }
}
