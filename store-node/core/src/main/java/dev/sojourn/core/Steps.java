package dev.sojourn.core;

/** The steps of the protocol, each in a class of its own, and how they reach each other. */
final class Steps {
  final Context context;
  final Answering answering;
  final Replaying replaying;
  final Granting granting;
  final Ending ending;
  final Announcing announcing;
  final Obligations obligations;
  final Owning owning;
  final Creating creating;
  final Routing routing;
  final PassingOn passingOn;
  final Pulling pulling;
  final Receiving receiving;
  final PullAnswers pullAnswers;
  final Confirming confirming;
  final Requests requests;

  Steps(Context context) {
    this.context = context;
    answering = new Answering(context);
    obligations = new Obligations(context);
    replaying = new Replaying(context, answering);
    granting = new Granting(context, answering);
    ending = new Ending(context, answering, obligations);
    owning = new Owning(context, answering, granting, ending);
    creating = new Creating(context, answering, replaying);
    routing = new Routing(context);
    pulling = new Pulling(context, answering);
    passingOn = new PassingOn(context, answering, granting, pulling, routing);
    requests = new Requests(this);
    announcing = new Announcing(context, requests, obligations);
    receiving = new Receiving(context, pulling, requests, obligations);
    pullAnswers = new PullAnswers(context, answering, pulling, receiving, requests);
    confirming = new Confirming(context, pulling, requests, ending, obligations);
  }
}
